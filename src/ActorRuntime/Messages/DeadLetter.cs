namespace NuCypher.P2P.ActorRuntime;

/// <summary>A message that reached nobody: its receiver had stopped or its mailbox was full. Published on the event stream.</summary>
/// <param name="Message">The message.</param>
/// <param name="Sender">Its sender; null for nobody.</param>
/// <param name="Recipient">Whom it was for.</param>
public sealed record DeadLetter(object Message, IActorRef? Sender, IActorRef Recipient);
