namespace NuCypher.P2P.Umbral.Tests;

/// <summary>Re-encryption and verification allocate what they return, and nothing else.</summary>
public sealed class AllocationTests
{
    private const int ResultOfSignature = 0;
    private const int ResultOfCapsuleFrag = 800;

    [Fact]
    public void VerifySignature_AllocatesNothing()
    {
        var world = new World(1);
        var signature = world.Signer.Sign([1], world.Random);

        Assert.Equal(ResultOfSignature, Allocated(() => world.Signer.VerifyingKey.Verify([1], signature)));
    }

    [Fact]
    public void Reencrypt_AllocatesItsResult()
    {
        var world = new World(2);

        Assert.InRange(
            Allocated(() => ProxyReencryption.Reencrypt(world.Capsule, world.KeyFrags[0], world.Random)), 381,
            ResultOfCapsuleFrag);
    }

    [Fact]
    public void Verify_OfACapsuleFrag_AllocatesItsResult()
    {
        var world = new World(3);
        var cfrag = world.Unverified()[0];

        Assert.InRange(Allocated(() => world.Verify(cfrag)), 1, ResultOfCapsuleFrag);
    }

    private static long Allocated(Action operation)
    {
        operation();
        var before = GC.GetAllocatedBytesForCurrentThread();
        operation();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
