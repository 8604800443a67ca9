using System.Text.Json;
using NuCypher.P2P.UrsulaBench;

var options = BenchOptions.TryParse(args);
if (options is null)
{
    Console.Error.WriteLine(BenchOptions.Usage);
    return 2;
}

var report = await Suite.RunAsync(options, Console.Error);
Console.WriteLine(JsonSerializer.Serialize(report, options.Json ? Format.Line : Format.Table));
return 0;
