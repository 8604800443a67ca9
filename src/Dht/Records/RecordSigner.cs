namespace NuCypher.P2P.Dht;

/// <summary>Signs a record's message with the publisher's key.</summary>
/// <param name="message">What is signed: a domain tag and the record without its signature.</param>
/// <returns>64 bytes, r and s.</returns>
public delegate byte[] RecordSigner(ReadOnlySpan<byte> message);
