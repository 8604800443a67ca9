namespace NuCypher.P2P.ActorRuntime;

/// <summary>A message that its receiver did not know. Published on the event stream.</summary>
/// <param name="Message">The message.</param>
/// <param name="Sender">Its sender.</param>
/// <param name="Recipient">Who did not know it.</param>
public sealed record UnhandledMessage(object Message, IActorRef Sender, IActorRef Recipient);
