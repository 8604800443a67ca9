using System.Runtime.InteropServices;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>
/// What Ctrl-C and SIGTERM do: the command is cancelled and has a while to end; a second Ctrl-C ends it at once.
/// </summary>
internal static class Interruption
{
    private const int Terminated = 128 + 15;
    private const PosixSignal FileTooLarge = (PosixSignal)25; // SIGXFSZ

    private static readonly CancellationTokenSource Stopping = new();
    private static readonly List<PosixSignalRegistration> Registrations = []; // a collected one would listen no more
    private static Timer? _force;
    private static volatile bool _isAtPrompt;

    /// <summary>Whether Ctrl-C was pressed, so that every command then ends with the same exit code.</summary>
    public static bool WasSeen { get; private set; }

    /// <summary>Begins to listen.</summary>
    /// <param name="patience">How long a command may take to end, which holds files and sockets.</param>
    /// <returns>Cancelled by the first signal.</returns>
    public static CancellationToken Listen(TimeSpan patience)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM])
            Registrations.Add(PosixSignalRegistration.Create(signal, context => Stop(context, patience)));
        if (!OperatingSystem.IsWindows()) // a file that may not grow is an error of that write, not the program's end
            Registrations.Add(PosixSignalRegistration.Create(FileTooLarge, context => context.Cancel = true));
        return Stopping.Token;
    }

    /// <summary>Does what waits for a key.</summary>
    public static T AtPrompt<T>(Func<T> ask)
    {
        _isAtPrompt = true;
        try
        {
            return ask();
        }
        finally
        {
            _isAtPrompt = false;
        }
    }

    private static void Stop(PosixSignalContext signal, TimeSpan patience)
    {
        signal.Cancel = true;
        var code = signal.Signal == PosixSignal.SIGINT ? (int)ExitCode.Interrupted : Terminated;
        // nothing was begun at a prompt, and a key that is waited for can't be taken back
        if (_isAtPrompt || (WasSeen && signal.Signal == PosixSignal.SIGINT))
            Environment.Exit(code);
        WasSeen |= signal.Signal == PosixSignal.SIGINT;
        _force ??= new Timer(_ => Environment.Exit(code), null, patience, Timeout.InfiniteTimeSpan);
        Stopping.Cancel();
    }
}
