using System.Text.Json;

namespace NuCypher.P2P.Umbral.Tests.Vectors;

/// <summary>Known answers of umbral-pre 0.10.0, and the inner values behind some of them.</summary>
internal static class VectorFile
{
    public static readonly JsonElement Answers = Load("umbral-vectors.json");
    public static readonly JsonElement InnerValues = Load("umbral-intermediates.json");

    public static byte[] Hex(this JsonElement element, string name) =>
        Convert.FromHexString(element.GetProperty(name).GetString()!);

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static bool Flag(this JsonElement element, string name) => element.GetProperty(name).GetBoolean();

    public static JsonElement[] List(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray()];

    public static ScriptedRandom Random(this JsonElement element, string name) =>
        new(element.List(name).Select(draw => Convert.FromHexString(draw.GetString()!)));

    public static SecretKey Secret(this JsonElement element, string name)
    {
        Assert.True(SecretKey.TryRead(element.Hex(name), out var key));
        return key;
    }

    public static PublicKey Public(this JsonElement element, string name)
    {
        Assert.True(PublicKey.TryRead(element.Hex(name), out var key));
        return key;
    }

    public static Signer Signer(this JsonElement element, string name)
    {
        Assert.True(Umbral.Signer.TryRead(element.Hex(name), out var signer));
        return signer;
    }

    public static VerifyingKey Verifying(this JsonElement element, string name)
    {
        Assert.True(VerifyingKey.TryRead(element.Hex(name), out var key));
        return key;
    }

    public static Capsule Capsule(this JsonElement element, string name)
    {
        Assert.True(Umbral.Capsule.TryRead(element.Hex(name), out var capsule));
        return capsule;
    }

    private static JsonElement Load(string name) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", name))).RootElement;
}
