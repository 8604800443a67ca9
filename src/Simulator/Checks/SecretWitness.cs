using System.Buffers.Binary;

namespace NuCypher.P2P.Simulator;

/// <summary>Looks for secrets where none may be: in what is sent, in what is on disks, in what is logged.</summary>
internal sealed class SecretWitness(RunContext run)
{
    private const string NoSecrets = "secrets are in no datagram, call, journal or log";
    private const int Fingerprint = sizeof(ulong);

    private readonly Dictionary<ulong, byte[]> _secrets = [];

    /// <summary>In every plaintext, so that one that leaks is found.</summary>
    public static ReadOnlySpan<byte> Canary => "canary: nobody but Alice and Bob"u8;

    /// <summary>From now on these bytes must not be seen.</summary>
    public void Add(byte[] secret) => _secrets[BinaryPrimitives.ReadUInt64LittleEndian(secret)] = secret;

    /// <summary>A datagram: looked through for plaintext only, because there are so many.</summary>
    public void SeeDatagram(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf(Canary) >= 0)
            run.Report(NoSecrets, "a datagram carries plaintext");
    }

    /// <summary>Anything else: looked through for all secrets.</summary>
    public void See(ReadOnlySpan<byte> bytes, string where)
    {
        if (bytes.IndexOf(Canary) >= 0)
            run.Report(NoSecrets, $"{where} holds plaintext");
        for (var i = 0; i + Fingerprint <= bytes.Length; i++)
        {
            if (_secrets.TryGetValue(
                BinaryPrimitives.ReadUInt64LittleEndian(bytes[i..]), out var secret) && bytes[i..].StartsWith(secret))
                run.Report(NoSecrets, $"{where} holds a secret key");
        }
    }

    /// <summary>All that is on a disk.</summary>
    public void SeeDisk(SimulatedMachine machine)
    {
        foreach (var history in machine.Disk.Durable.List("", null, int.MaxValue))
        {
            foreach (var stored in history.Events)
                See(stored.Payload.Span, $"the journal of machine {machine.Index}");
        }
    }
}
