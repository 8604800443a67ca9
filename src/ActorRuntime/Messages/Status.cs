namespace NuCypher.P2P.ActorRuntime;

/// <summary>Answers that say whether something worked.</summary>
public static class Status
{
    /// <summary>It worked.</summary>
    /// <param name="Value">The result.</param>
    public sealed record Success(object Value);

    /// <summary>It failed; an ask that gets this answer fails with the cause.</summary>
    /// <param name="Cause">Why.</param>
    public sealed record Failure(Exception Cause);
}
