using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using NuCypher.P2P.Umbral.Curve;
using NuCypher.P2P.Umbral.Tests.Curve;

namespace NuCypher.P2P.Umbral.Tests.Vectors;

/// <summary>The values inside the recorded grants: hashes, coefficients, nonces, coordinates, keys.</summary>
public sealed class InnerValueTests
{
    /// <summary>The grants that both files have.</summary>
    public static TheoryData<string> Ids =>
        [
            .. VectorFile.InnerValues.List("delegations").Select(inner => inner.Text("id"))
                .Intersect(DelegationTests.AllIds),
        ];

    [Theory, MemberData(nameof(Ids))]
    public void Payload_RecordedCapsule_HasTheRecordedKeys(string id)
    {
        var (delegation, inner) = (Find(VectorFile.Answers, id), Find(VectorFile.InnerValues, id));
        var capsule = delegation.Capsule("capsule");
        var subkey = new byte[32];
        HChaCha20.DeriveKey(inner.Hex("demKey"), inner.Hex("nonce").AsSpan(0, 16), subkey);
        ProxyReencryption.DecapsulateOriginal(delegation.Secret("delegatingSk"), capsule, out var key);

        Assert.Equal(inner.Text("hCapsule"), Hex(capsule.H));
        Assert.Equal(inner.Hex("aad"), capsule.Plain.ToArray());
        Assert.Equal(inner.Hex("hchachaSubkey"), subkey);
        Assert.Equal(inner.Hex("demKey"), key!.Bytes.ToArray());
    }

    [Theory, MemberData(nameof(Ids))]
    public void KeyFrags_RecordedGrant_HaveTheRecordedInnerValues(string id)
    {
        var (delegation, inner) = (Find(VectorFile.Answers, id), Find(
            VectorFile.InnerValues, id).GetProperty("kfrags"));
        byte[] agreed = [.. inner.Hex("precursor"), .. delegation.Hex("receivingPk"), .. inner.Hex("dhPoint")];
        var d = HashToScalar.SharedSecret(agreed);

        Assert.Equal(inner.Text("d"), Hex(d));
        Assert.Equal(inner.Text("dInverse"), Hex(ScalarInverse.Invert(d)));
        foreach (var share in inner.List("shares"))
        {
            Assert.Equal(
                share.Text("shareCoordinate"), Hex(HashToScalar.ShareCoordinate([.. agreed, .. share.Hex("id")])));
            CheckNonces(delegation, share);
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Challenge_RecordedFragments_IsTheRecordedOne(string id)
    {
        var delegation = Find(VectorFile.Answers, id);
        var inner = Find(VectorFile.InnerValues, id).List("cfrags");
        for (var i = 0; i < inner.Length; i++)
        {
            var cfrag = delegation.List("frags")[i].Hex("cfrag");

            Assert.Equal(
                inner[i].Text("challenge"), Hex(CapsuleFragLayout.Challenge(delegation.Capsule("capsule"), cfrag)));
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void LagrangeBasis_RecordedShares_IsTheRecordedOne(string id)
    {
        var inner = Find(VectorFile.InnerValues, id);
        var expected = inner.GetProperty("openWithFirstThreshold").List("lambdas").Select(l => l.GetString()).ToArray();
        Scalar[] coordinates = [.. inner.GetProperty("kfrags").List("shares").Take(expected.Length)
            .Select(share => Oracle.Scalar(Oracle.Number(share.Text("shareCoordinate"))))];

        Assert.True(LagrangeBasis.TryReplace(coordinates, Scalar.One));

        Assert.Equal(expected, coordinates.Select(c => Hex(c)));
    }

    private static void CheckNonces(JsonElement delegation, JsonElement share)
    {
        var sk = Oracle.Scalar(new BigInteger(delegation.Hex("signingSk"), isUnsigned: true, isBigEndian: true));
        var draws = delegation.List("generateRng").Select(draw => draw.GetString()).ToList();
        var at = draws.IndexOf(share.Text("id"));
        foreach (var (message, nonce, hedge) in new[]
            { ("messageForReceiver", "nonceForReceiver", at + 1), ("messageForProxy", "nonceForProxy", at + 2) })
        {
            var derived = DeterministicNonce.Derive(
                sk, SHA256.HashData(share.Hex(message)), Convert.FromHexString(draws[hedge]!));

            Assert.Equal(share.Text(nonce), Hex(derived));
        }
    }

    private static JsonElement Find(JsonElement file, string id) =>
        file.List("delegations").Single(d => d.Text("id") == id);

    private static string Hex(in Scalar scalar) => Convert.ToHexStringLower(Oracle.Bytes(Oracle.Value(scalar)));
}
