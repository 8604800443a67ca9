using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Simulator.Tests.Population;

public sealed class SignatureMemoryTests
{
    [Fact]
    public void Verify_AgainAndWithOneBitChanged_AnswersAsTheArithmeticDoes()
    {
        var identity = Identity.Random(new Seed(1).NewRandomSource());
        byte[] message = [1, 2, 3];
        var key = identity.VerifyingKey.ToBytes();
        var signature = RecordSignatures.By(identity.Signer, new Seed(2).NewRandomSource())(message);
        var memory = new SignatureMemory();

        Assert.True(memory.Verify(key, message, signature));
        Assert.True(memory.Verify(key, message, signature));
        foreach (var part in new[] { key, message, signature })
        {
            part[^1] ^= 1;
            Assert.False(memory.Verify(key, message, signature));
            part[^1] ^= 1;
        }
    }
}
