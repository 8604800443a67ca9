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
Interruption.Listen();

// Commands that hold open files and sockets get 5 s to end after Ctrl-C or SIGTERM.
return await Nucypher.RunAsync(args, new InvocationConfiguration
{
    Output = StandardOutput.OpenText(),
    ProcessTerminationTimeout = TimeSpan.FromSeconds(5),
});
