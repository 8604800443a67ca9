using System.Diagnostics;
using System.Security.Cryptography;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Keystore;
using NuCypher.P2P.Node.Tests.CommandLine;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Kits;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Node.Tests.Processes;

/// <summary>What is in the memory of real Ursulas after they served: nothing that is only Alice's or Bob's.</summary>
public sealed class MemoryTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Ursulas = 3;
    private const int Kits = 5;
    private const string Plaintext = "the plaintext";
    private const string Label = "the label";
    private const string BobsKey = "Bob's key";
    private const string PeoplesPassword = "memory canary password of Alice and Bob";

    private readonly TemporaryFolder _folder = new();
    private readonly List<NodeFolder> _nodes = [];
    private readonly Canaries _canaries = new();
    private readonly string _label = $"label {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}";
    private readonly string _text = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
    private string _alice = "";
    private string _bob = "";

    private string Join => _nodes[0].Udp;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux's /proc");
        for (var i = 0; i < Ursulas; i++)
        {
            _nodes.Add(await NodeFolder.CreateAsync(_folder, $"ursula-{i}"));
            await _nodes[i].StartAsync(i == 0 ? [] : ["--join", Join]);
        }

        await NodeFolder.MeetAsync(_nodes);
        await File.WriteAllTextAsync(_folder.File("people"), PeoplesPassword);
        _alice = (await InitAsync("alice")).Json.GetProperty("aliceCard").GetString()!;
        _bob = (await InitAsync("bob")).Json.GetProperty("bobCard").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        _folder.Dispose();
    }

    [Fact, Trait("Category", "Long"), Trait("Row", "SE-02")]
    public async Task Memory_OfEachUrsulaAfterSheServed_HoldsNoKeyNoLabelAndNoPlaintext()
    {
        // Longer than a pipe is wide, so that Bob's process stands still with it.
        await File.WriteAllTextAsync(_folder.File("text"), string.Concat(Enumerable.Repeat(_text + "\n", 10_000)));
        for (var i = 0; i < Kits; i++)
            await RunAsync("alice", "encrypt", _folder.File("text"), "-o", Kit(i), "--label", _label);
        await RunAsync("alice", "grant", "--label", _label, "--bob", _bob, "-m", "2", "-n", "3", "--for", "1h",
            "--join", Join);
        for (var i = 0; i < Kits; i++)
            await RunAsync("bob", [.. Retrieve(Kit(i)), "-o", _folder.File($"out-{i}")]);
        await AddCanariesAsync();

        await using (var bob = await StandingBobAsync())
        {
            var held = await SearchAsync("Bob", bob, _canaries);
            Assert.All((string[])[Plaintext, Label, BobsKey], secret => Assert.NotEqual(0, held[secret]));
        }

        foreach (var (node, i) in _nodes.Select((node, i) => (node, i)))
        {
            var own = new Canaries();
            using (var ursula = IdentityOf($"ursula-{i}", "correct horse battery"))
                own.Add("her own key", ursula.DecryptingKey.WriteSecret);
            Assert.All(await SearchAsync($"Ursula {i}", node.Process, own), pair => Assert.NotEqual(0, pair.Value));
            Assert.All(await SearchAsync($"Ursula {i}", node.Process, _canaries), pair => Assert.Equal(0, pair.Value));
        }
    }

    private async Task AddCanariesAsync()
    {
        using var alice = IdentityOf("alice", PeoplesPassword);
        using var bob = IdentityOf("bob", PeoplesPassword);
        using var delegating = alice.DelegatingKey(PolicyLabel.Parse(_label));
        _canaries.AddText(Plaintext, _text);
        _canaries.AddText(Label, _label);
        _canaries.AddText("the password", PeoplesPassword);
        _canaries.Add("Alice's seed", alice.WriteSeed);
        _canaries.Add("Bob's seed", bob.WriteSeed);
        _canaries.Add("Alice's signing key", alice.Signer.WriteSecret);
        _canaries.Add("Alice's key", alice.DecryptingKey.WriteSecret);
        _canaries.Add("Bob's signing key", bob.Signer.WriteSecret);
        _canaries.Add(BobsKey, bob.DecryptingKey.WriteSecret);
        _canaries.Add("the delegating key", delegating.WriteSecret);
        for (var i = 0; i < Kits; i++)
        {
            var head = (await File.ReadAllBytesAsync(Kit(i)))[..StreamedKit.HeadSize];
            Assert.True(StreamedKit.TryRead(head, out var kit, out _));
            ProxyReencryption.DecapsulateOriginal(delegating, kit.Capsule, out var key);
            using (key)
                _canaries.Add($"data key {i}", key!.WriteSecret); // it is Alice's own kit
        }
    }

    // A process that has the plaintext and waits for somebody to read it.
    private async Task<NodeProcess> StandingBobAsync()
    {
        var pipe = _folder.File("pipe");
        using (var made = Process.Start("mkfifo", [pipe]))
            await made.WaitForExitAsync();
        var bob = NodeProcess.Start(
            [
                .. Retrieve(Kit(0)), "-o", pipe, "--data", _folder.File("bob"), "--password-file",
                _folder.File("people"),
            ]);
        var reader = await Task.Run(() => File.OpenRead(pipe)).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.NotEqual(-1, await Task.Run(reader.ReadByte).WaitAsync(TimeSpan.FromMinutes(1)));
        return bob;
    }

    private async Task<Dictionary<string, int>> SearchAsync(string who, NodeProcess process, Canaries canaries)
    {
        await SignalAsync(process, "STOP");
        var (found, bytes) = ProcessMemory.Search(process.Id, canaries.Needles);
        await SignalAsync(process, "CONT");
        output.WriteLine($"{who}, {bytes >> 20} MiB: {string.Join(", ", found.Select(f => $"{f.Key} {f.Value}"))}");
        return found;
    }

    private static async Task SignalAsync(NodeProcess process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    private Identity IdentityOf(string who, string password)
    {
        Assert.True(Password.TryRead(password, out var read, out _));
        using (read)
            return IdentityStore.Open(new DataFolder(_folder.File(who)), read);
    }

    private string Kit(int number) => _folder.File($"kit-{number}");

    private string[] Retrieve(string kit) => ["retrieve", kit, "--alice", _alice, "--label", _label, "--join", Join];

    private Task<Terminal.Outcome> InitAsync(string who) =>
        RunAsync(who, "init", "--set", "nucypher.keystore.scrypt-log-rounds=10");

    private async Task<Terminal.Outcome> RunAsync(string who, params string[] words)
    {
        var outcome = await Terminal.RunAsync(
            [.. words, "--data", _folder.File(who), "--password-file", _folder.File("people"), "--json"]);
        Assert.True(outcome.Code == ExitCode.Success, outcome.Error);
        return outcome;
    }
}
