using System.CommandLine;
using NuCypher.P2P.Node.CommandLine;

// Commands that hold open files and sockets get 5 s to end after Ctrl-C or SIGTERM.
return await Nucypher.RunAsync(args, new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(5) });
