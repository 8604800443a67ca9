namespace NuCypher.P2P.Node.Https;

/// <summary>Requests of one kind since the start.</summary>
/// <param name="Method">As on the wire.</param>
/// <param name="Served">Others' that the node took.</param>
/// <param name="Answered">Its own that were answered.</param>
/// <param name="Silent">Its own that nobody answered.</param>
internal sealed record RequestStatus(string Method, long Served, long Answered, long Silent);
