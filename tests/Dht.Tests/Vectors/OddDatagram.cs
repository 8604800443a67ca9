namespace NuCypher.P2P.Dht.Tests.Vectors;

/// <summary>An unusual request to a Python peer, and what it answered, if it did.</summary>
internal sealed record OddDatagram(string Case, byte[] Request, byte[]? Reply);
