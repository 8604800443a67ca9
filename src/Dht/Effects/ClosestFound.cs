namespace NuCypher.P2P.Dht;

/// <summary>The nodes nearest to a key that answered.</summary>
/// <param name="Contacts">At most k, nearest first; without clients and without the asking node.</param>
public sealed record ClosestFound(IReadOnlyList<Contact> Contacts) : DhtOutcome;
