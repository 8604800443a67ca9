using System.Net;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Tests.CommandLine;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Node.Tests.Processes;

/// <summary>Names of seeds that stand for several addresses, in a file of hosts that only the process sees.</summary>
public sealed class SeedNameTests : IAsyncLifetime
{
    private readonly ActorSystem _system = ActorSystem.Create("seeds");
    private readonly TemporaryFolder _folder = new();
    private ushort _port;

    public async ValueTask InitializeAsync()
    {
        var transport = _system.ActorOf(ActorProps.Of(() => new UdpTransportActor()));
        _system.ActorOf(ActorProps.Of(() => new KademliaActor(
            NodeId.FromPlainKey("seed"u8), new KademliaOptions(), RecordSignatures.Verify, new UnpredictableRandom(),
            transport)));
        _port = (await transport.Ask<Bound>(new Bind(new NodeAddress(IPAddress.Parse("127.0.0.9"), 0)))).Address.Port;
    }

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate();
        _folder.Dispose();
    }

    [Theory, InlineData("127.0.0.8", "127.0.0.9"), InlineData("127.0.0.9", "127.0.0.8"), InlineData("::1", "127.0.0.9")]
    public async Task Ping_NameOfADeadAndALivingAddress_FindsTheLiving(params string[] addresses)
    {
        await WriteHostsAsync(addresses);

        await using var ping = Start("dht", "ping", "--join", $"seed.test:{_port}");

        Assert.True(await ping.WaitForExitAsync() == 0, ping.Transcript);
    }

    [Fact]
    public async Task Ping_NameOfDeadAddressesOnly_FailsAndNamesEach()
    {
        await WriteHostsAsync("127.0.0.7", "127.0.0.8");

        await using var ping = Start("dht", "ping", "--join", $"seed.test:{_port}");

        Assert.Equal((int)ExitCode.Network, await ping.WaitForExitAsync());
        await ping.ReadAsync($"127.0.0.7:{_port}.*127.0.0.8:{_port}");
    }

    [Fact, Trait("Category", "Long")]
    public async Task Run_NameThatComesToStandForALivingAddress_Joins()
    {
        await WriteHostsAsync("127.0.0.8");
        await File.WriteAllTextAsync(_folder.File("password"), "correct horse battery");
        var init = await Terminal.RunAsync(
            "init", "--data", _folder.File("node"), "--password-file", _folder.File("password"));
        Assert.Equal(ExitCode.Success, init.Code);

        await using var run = Start(
            "run", "--data", _folder.File("node"), "--password-file", _folder.File("password"), "--udp", "127.0.0.1:0",
            "--https", "127.0.0.1:0", "--join", $"seed.test:{_port}");
        await run.ReadAsync("no node answered at 127.0.0.8");
        await WriteHostsAsync("127.0.0.9");

        await run.ReadAsync("joined the swarm");
    }

    [Theory]
    [InlineData("nobody.invalid:0"), InlineData("nobody.invalid:70000"), InlineData("127.0.0.1:70000")]
    [InlineData("0.0.0.0:4000"), InlineData("[::]:4000"), InlineData("224.0.0.1:4000"), InlineData("[ff02::1]:4000")]
    [InlineData("255.255.255.255:4000"), InlineData("[::ffff:255.255.255.255]:4000"), InlineData("0.1.2.3:4000")]
    public async Task Join_AddressThatIsNobodys_IsRefusedBeforeAnythingIsTried(string address)
    {
        var ping = await Terminal.RunAsync("dht", "ping", "--join", address);

        Assert.Equal((ExitCode.Usage, true), (ping.Code, ping.Error.Contains(address, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Join_NameOfNobodysAddressesOnly_IsRefused()
    {
        await WriteHostsAsync("0.0.0.0", "224.0.0.1", "255.255.255.255");

        await using var ping = Start("dht", "ping", "--join", $"seed.test:{_port}");

        Assert.Equal((int)ExitCode.Usage, await ping.WaitForExitAsync());
    }

    private NodeProcess Start(params string[] words)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "needs Linux and root");
        const string Script = "mount --bind \"$0\" /etc/hosts && exec \"$@\"";
        return NodeProcess.Start(["unshare", "--mount", "sh", "-c", Script, _folder.File("hosts")], words);
    }

    private Task WriteHostsAsync(params string[] addresses) => File.WriteAllLinesAsync(
        _folder.File("hosts"), ["127.0.0.1 localhost", .. addresses.Select(address => $"{address} seed.test")]);
}
