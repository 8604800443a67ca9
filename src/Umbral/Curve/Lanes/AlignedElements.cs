using System.Runtime.CompilerServices;

namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>Intermediate values of a point operation, which begin at a multiple of 64 bytes.</summary>
/// <remarks>
/// The stack is aligned to 16 bytes only. A vector that crosses a cache line makes an addition a fifth slower.
/// </remarks>
[InlineArray(Count)]
internal struct AlignedElements
{
    private const int Count = 8;
    private const int Alignment = 64;

    /// <summary>How many bytes to take from the stack.</summary>
    public const int Space = (Count * LaneElement.Size) + Alignment;

    private LaneElement _first;

    /// <summary>The values in so many bytes of the stack.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe ref AlignedElements In(byte* space) =>
        ref Unsafe.AsRef<AlignedElements>((byte*)(((nint)space + Alignment - 1) & -Alignment));
}
