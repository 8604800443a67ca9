namespace NuCypher.P2P.Policy.Kits;

/// <summary>Passes bytes on but keeps the newest ones back, because they may be the signature behind them.</summary>
/// <param name="size">How many are kept.</param>
internal sealed class HeldTail(int size)
{
    private readonly byte[] _kept = new byte[size];
    private int _count;

    /// <summary>What is kept: the last bytes of all, at most the size.</summary>
    public ReadOnlySpan<byte> Kept => _kept.AsSpan(0, _count);

    /// <summary>Takes more, and passes on what is older than the kept ones: at most two pieces.</summary>
    public void Append(ReadOnlySpan<byte> bytes, Action<ReadOnlySpan<byte>> passOn)
    {
        var old = Math.Max(0, _count + bytes.Length - _kept.Length);
        var fromKept = Math.Min(old, _count);
        if (fromKept > 0)
            passOn(_kept.AsSpan(0, fromKept));
        if (old > fromKept)
            passOn(bytes[..(old - fromKept)]);
        var rest = bytes[(old - fromKept)..];
        _kept.AsSpan(fromKept, _count - fromKept).CopyTo(_kept);
        rest.CopyTo(_kept.AsSpan(_count - fromKept));
        _count += rest.Length - fromKept;
    }
}
