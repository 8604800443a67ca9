using System.Globalization;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Keystore;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Node.Tests.CommandLine;

public sealed class PoliciesCommandTests : IDisposable
{
    private const int Count = 10_000;

    private static readonly OperatingSystemRandom Random = new();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact, Trait("Row", "KM-10")]
    public async Task Policies_TenThousandGranted_AreAllReadBackWithWhatWasGranted()
    {
        await File.WriteAllTextAsync(_folder.File("password"), "correct horse battery");
        await RunAsync("init", "--set", "nucypher.keystore.scrypt-log-rounds=10");
        using var bob = Identity.Random(Random);
        var end = DateTimeOffset.UtcNow.AddDays(30);
        Assert.True(Password.TryRead("correct horse battery", out var password, out _));
        using (password)
        using (var alice = IdentityStore.Open(new DataFolder(_folder.File("alice")), password))
        {
            Directory.Delete(_folder.File("alice/journal"), recursive: true);
            StoredEvent[] events = [.. Enumerable.Range(0, Count).Select(i => Event(alice, bob.BobCard, end, i))];
            JournalCopy.Write(_folder.File("alice/journal"), alice, [new StoredHistory($"alice-{alice.Id}", events)]);
        }

        var policies = (await RunAsync("policies")).Json.GetProperty("policies").EnumerateArray().ToList();

        Assert.Equal(
            Enumerable.Range(0, Count).Select(LabelOf).Order(StringComparer.Ordinal),
            policies.Select(policy => policy.GetProperty("label").GetString()));
        Assert.Equal(Count, policies.Select(policy => policy.GetProperty("hrac").GetString()).Distinct().Count());
        Assert.All(policies, policy =>
        {
            Assert.Equal(bob.BobCard.ToString(), policy.GetProperty("bob").GetString());
            Assert.Equal(end, policy.GetProperty("notAfter").GetDateTimeOffset(), TimeSpan.FromSeconds(1));
            Assert.Equal("Active", policy.GetProperty("status").GetString());
            Assert.True(policy.GetProperty("rulesKnown").GetBoolean());
            Assert.Equal(2, policy.GetProperty("ursulas").GetArrayLength());
        });
    }

    private static string LabelOf(int number) => string.Create(CultureInfo.InvariantCulture, $"label {number}");

    // As a session makes it, but for the map: a signed record of another kind stands for it.
    private static StoredEvent Event(Identity alice, BobCard bob, DateTimeOffset end, int number)
    {
        var label = PolicyLabel.Parse(LabelOf(number));
        var (version, hrac) = (new PolicyVersion(1), alice.HracFor(bob, label));
        KeyFragHolder[] holders = [new(alice.Id, 0, true), new(default, 1, true)];
        var map = MapWithdrawal.ToRecord(alice.Signer, hrac, version, end, Random);
        var made = new GrantMade(new Grant(
            label, bob, hrac, version, version, 1, 2, new Validity(DateTimeOffset.UtcNow.AddHours(-1), end),
            alice.PolicyKey(label), holders, map.Bytes, IsRevoking: false, [], end, []));
        return new StoredEvent(number + 1, made.Manifest, made.ToBytes());
    }

    private async Task<Terminal.Outcome> RunAsync(params string[] words)
    {
        var outcome = await Terminal.RunAsync(
            [.. words, "--data", _folder.File("alice"), "--password-file", _folder.File("password"), "--json"]);
        Assert.True(outcome.Code == ExitCode.Success, outcome.Error);
        return outcome;
    }
}
