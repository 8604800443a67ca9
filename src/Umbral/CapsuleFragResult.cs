namespace NuCypher.P2P.Umbral;

/// <summary>What came of verifying one capsule fragment of a batch.</summary>
/// <param name="Verdict">Whether it is valid, or what failed.</param>
/// <param name="Verified">The fragment as a type of its own, if it is valid.</param>
public readonly record struct CapsuleFragResult(CapsuleFragVerdict Verdict, VerifiedCapsuleFrag? Verified);
