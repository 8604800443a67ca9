using CsCheck;
using NuCypher.P2P.Ledger.Accounts;
using NuCypher.P2P.Ledger.Merkle;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Ledger.Tests.Merkle;

public sealed class MerkleMapTests(ITestOutputHelper output)
{
    // Paths that differ in the first, in middle and in the last bits.
    private static readonly Gen<byte[]> Key = Gen.Select(Gen.Int[0, 31], Gen.Byte, (place, value) =>
    {
        var key = new byte[32];
        key[place] = value;
        return key;
    });

    private static readonly Gen<(byte[] Key, byte Value)[]> Changes = Gen.Select(Key, Gen.Byte[0, 3]).Array[0, 40];

    [Fact]
    public void Map_RandomChanges_IsADictionaryWhoseRootFollowsFromItsContentAlone() =>
        Changes.Sample(AgreesWithADictionary, writeLine: output.WriteLine);

    [Fact]
    public void Root_OneValueChanged_IsAnother()
    {
        var map = Enumerable.Range(0, 100).Aggregate(
            MerkleMap.Empty<Allowance>(), (all, i) => all.Set(Hash((byte)i), new Allowance((UInt128)i)));

        Assert.NotEqual(map.Root, map.Set(Hash(7), new Allowance(8)).Root);
        Assert.Equal(map.Root, map.Set(Hash(7), new Allowance(8)).Set(Hash(7), new Allowance(7)).Root);
        Assert.Equal(100, map.Count);
    }

    private static void AgreesWithADictionary((byte[] Key, byte Value)[] changes)
    {
        var (map, model) = (MerkleMap.Empty<Allowance>(), new Dictionary<Digest, byte>());
        foreach (var (bytes, value) in changes)
        {
            var key = Digest.Read(bytes);
            map = value == 0 ? map.Remove(key) : map.Set(key, new Allowance(value));
            if (value == 0)
                model.Remove(key);
            else
                model[key] = value;
        }

        Assert.Equal(model.Count, map.Count);
        Assert.All(model, pair => Assert.Equal(pair.Value, (byte)map.Find(pair.Key)!.Amount));
        Assert.Equal(
            model.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal).Select(pair => (UInt128)pair.Value),
            map.Values.Select(value => value.Amount));
        var otherWay = model.OrderByDescending(pair => pair.Key.ToString(), StringComparer.Ordinal).Aggregate(
            MerkleMap.Empty<Allowance>(), (all, pair) => all.Set(pair.Key, new Allowance(pair.Value)));
        Assert.Equal(otherWay.Root, map.Root);
    }

    private static Digest Hash(byte value) => Digest.Read([value, .. new byte[31]]);
}
