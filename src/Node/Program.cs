using System.CommandLine;
using NuCypher.P2P.Node;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Files;

// A fault on another thread ends the program too: in words, without a stack.
AppDomain.CurrentDomain.UnhandledException += (_, fault) =>
{
    var failure = CommandOutcome.Of((Exception)fault.ExceptionObject, CancellationToken.None);
    Environment.Exit(CommandOutcome.Say(new InvocationConfiguration(), failure));
};
DiagnosticsPort.Close();
if (!Posix.IsInherited(2))
    Console.SetError(TextWriter.Null); // started without: a file that the program opened may have the number

// The library's own handler of signals would run before this one, and wait for the command.
var configuration =
    new InvocationConfiguration { Output = StandardOutput.OpenText(), ProcessTerminationTimeout = null };
return await Nucypher.RunAsync(args, configuration, Interruption.Listen(patience: TimeSpan.FromSeconds(5)));
