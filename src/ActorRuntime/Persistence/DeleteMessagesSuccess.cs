namespace NuCypher.P2P.ActorRuntime;

/// <summary>Events are deleted.</summary>
/// <param name="ToSequenceNr">Up to this number, included.</param>
public sealed record DeleteMessagesSuccess(long ToSequenceNr);
