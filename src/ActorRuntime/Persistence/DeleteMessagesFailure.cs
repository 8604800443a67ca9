namespace NuCypher.P2P.ActorRuntime;

/// <summary>Events were not deleted.</summary>
/// <param name="Cause">Why.</param>
/// <param name="ToSequenceNr">Up to this number, included.</param>
public sealed record DeleteMessagesFailure(Exception Cause, long ToSequenceNr);
