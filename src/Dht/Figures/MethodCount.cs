namespace NuCypher.P2P.Dht;

/// <summary>Requests of one kind since the start.</summary>
/// <param name="Method">As on the wire.</param>
/// <param name="Served">Others' that this node took.</param>
/// <param name="Answered">Its own that were answered.</param>
/// <param name="Silent">Its own that nobody answered, repetitions and all.</param>
public sealed record MethodCount(string Method, long Served, long Answered, long Silent);
