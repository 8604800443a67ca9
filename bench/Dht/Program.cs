using System.Globalization;
using System.Text.Json;
using NuCypher.P2P.DhtBench;

if (args is [Flood.Command, var port, var key, var seconds])
{
    Flood.Run(ushort.Parse(port, CultureInfo.InvariantCulture), key, int.Parse(seconds, CultureInfo.InvariantCulture));
    return 0;
}

var options = BenchOptions.TryParse(args);
if (options is null)
{
    Console.Error.WriteLine(BenchOptions.Usage);
    return 2;
}

var report = await Suite.RunAsync(options);
Console.WriteLine(JsonSerializer.Serialize(report, options.Json ? Format.Line : Format.Table));
return 0;
