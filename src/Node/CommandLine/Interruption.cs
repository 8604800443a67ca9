using System.Runtime.InteropServices;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>Whether the user pressed Ctrl-C, so that every command then ends with the same exit code.</summary>
internal static class Interruption
{
    private static PosixSignalRegistration? _registration;
    private static volatile bool _isAtPrompt;

    /// <summary>Whether it was pressed.</summary>
    public static bool WasSeen { get; private set; }

    /// <summary>Begins to listen; what the signal does otherwise stays.</summary>
    public static void Listen() => _registration ??= PosixSignalRegistration.Create(PosixSignal.SIGINT, _ =>
    {
        WasSeen = true;
        if (_isAtPrompt)
            // nothing was begun, and a key that is waited for can't be taken back
            Environment.Exit((int)ExitCode.Interrupted);
    });

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
}
