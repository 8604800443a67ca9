namespace NuCypher.P2P.Node.Errors;

/// <summary>Ends a command: what happened and what to do, for the user; the code, for a script.</summary>
/// <param name="code">Not <see cref="ExitCode.Success"/>.</param>
/// <param name="what">What happened, without a full stop.</param>
/// <param name="remedy">What to do about it.</param>
internal sealed class CommandException(ExitCode code, string what, string remedy) : Exception(what)
{
    /// <summary>The program's exit code.</summary>
    public ExitCode Code => code;

    /// <summary>What the user can do.</summary>
    public string Remedy => remedy;

    /// <summary>What came of each Ursula, for a script; null if none was asked.</summary>
    public IReadOnlyList<object>? Ursulas { get; private init; }

    /// <summary>The same with what came of each Ursula.</summary>
    public CommandException With(IReadOnlyList<object> ursulas) => new(code, Message, remedy) { Ursulas = ursulas };
}
