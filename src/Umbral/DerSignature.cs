namespace NuCypher.P2P.Umbral;

/// <summary>The DER form of a signature: <c>30 len 02 len r 02 len s</c>, minimal.</summary>
internal static class DerSignature
{
    private const int Half = 32;

    public static byte[] Write(ReadOnlySpan<byte> plain)
    {
        byte[] body = [.. Integer(plain[..Half]), .. Integer(plain[Half..])];
        return [0x30, (byte)body.Length, .. body];
    }

    public static bool TryRead(ReadOnlySpan<byte> der, Span<byte> plain)
    {
        if (der.Length is < 8 or > 72 || der[0] != 0x30 || der[1] != der.Length - 2)
            return false;
        var rest = der[2..];
        return TryReadInteger(ref rest, plain[..Half]) && TryReadInteger(ref rest, plain[Half..]) && rest.IsEmpty;
    }

    private static byte[] Integer(ReadOnlySpan<byte> number)
    {
        var digits = number.TrimStart((byte)0);
        return digits[0] < 0x80 ? [2, (byte)digits.Length, .. digits] : [2, (byte)(digits.Length + 1), 0, .. digits];
    }

    private static bool TryReadInteger(ref ReadOnlySpan<byte> rest, Span<byte> number)
    {
        if (rest.Length < 3 || rest[0] != 2 || rest[1] is 0 or > Half + 1 || rest.Length < 2 + rest[1])
            return false;
        var digits = rest.Slice(2, rest[1]);
        rest = rest[(2 + rest[1])..];
        var padded = digits[0] == 0;
        if (digits[0] >= 0x80 || (padded && (digits.Length == 1 || digits[1] < 0x80)))
            return false;
        digits = digits[(padded ? 1 : 0)..];
        if (digits.Length > Half)
            return false;
        number.Clear();
        digits.CopyTo(number[(Half - digits.Length)..]);
        return true;
    }
}
