namespace NuCypher.P2P.Actors.Alice;

/// <summary>From Alice to a grant under way: it is durable to whom the kfrags go, send them.</summary>
internal sealed record DepositsRemembered;
