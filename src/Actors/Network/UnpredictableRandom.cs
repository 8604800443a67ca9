using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NuCypher.P2P.Actors.Network;

/// <summary>
/// A <see cref="Random"/> over the operating system's generator, so that nobody can guess a message id.
/// </summary>
/// <remarks>
/// Few bytes come from a stock of this thread's, each only once: asking the system for 20 costs as much as for 1,000.
/// </remarks>
public sealed class UnpredictableRandom : Random
{
    private const int StockSize = 1024;
    private const int LargestFromStock = 32;

    [ThreadStatic]
    private static byte[]? _stock;

    [ThreadStatic]
    private static int _left;

    /// <inheritdoc />
    public override void NextBytes(Span<byte> buffer)
    {
        if (buffer.Length > LargestFromStock)
        {
            RandomNumberGenerator.Fill(buffer);
            return;
        }
        _stock ??= new byte[StockSize];
        if (_left < buffer.Length)
        {
            RandomNumberGenerator.Fill(_stock);
            _left = StockSize;
        }
        var taken = _stock.AsSpan(StockSize - _left, buffer.Length);
        taken.CopyTo(buffer);
        CryptographicOperations.ZeroMemory(taken);
        _left -= buffer.Length;
    }

    /// <inheritdoc />
    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    /// <inheritdoc />
    public override int Next() => RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <inheritdoc />
    public override int Next(int maxValue) => maxValue == 0 ? 0 : RandomNumberGenerator.GetInt32(maxValue);

    /// <inheritdoc />
    public override int Next(int minValue, int maxValue) =>
        minValue == maxValue ? minValue : RandomNumberGenerator.GetInt32(minValue, maxValue);

    /// <inheritdoc />
    public override double NextDouble() => Sample();

    /// <inheritdoc />
    protected override double Sample()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return (BinaryPrimitives.ReadUInt64LittleEndian(bytes) >> 11) * (1.0 / (1UL << 53));
    }
}
