using System.Net;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Configuration;
using NuCypher.P2P.Node.Hosting;
using NuCypher.P2P.Node.Https;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Node.Demo;

/// <summary>A node of the demonstration: an identity and a folder that outlive the node itself.</summary>
internal sealed class DemoNode : IAsyncDisposable
{
    private readonly string _folder;
    private readonly NodeSettings _settings;
    private readonly ILoggerFactory _logs;
    private RunningNode? _running;
    private NodeAddress _udp;
    private IPEndPoint _https = new(IPAddress.Loopback, 0);

    /// <summary>A node that does not run yet.</summary>
    /// <param name="folder">Its own; made here.</param>
    /// <param name="settings">Every limit.</param>
    /// <param name="logs">Where it logs.</param>
    /// <param name="udp">Where it listens for the swarm; null: any port of loopback.</param>
    public DemoNode(string folder, NodeSettings settings, ILoggerFactory logs, NodeAddress? udp = null)
    {
        (_folder, _settings, _logs, _udp) = (folder, settings, logs, udp ?? new NodeAddress(IPAddress.Loopback, 0));
        Directory.CreateDirectory(folder);
        NodeCertificate.Write(CertificatePath, TimeProvider.System.GetUtcNow());
    }

    /// <summary>Its keys.</summary>
    public Identity Identity { get; } = Identity.Random(new OperatingSystemRandom());

    /// <summary>The running node.</summary>
    public RunningNode Running => _running ?? throw new InvalidOperationException("the node does not run");

    /// <summary>The journal of the running node.</summary>
    public NodeJournal Journal { get; private set; } = null!; // set by every start

    /// <summary>The files of the journal, but the lock.</summary>
    public IEnumerable<string> JournalFiles => Directory.GetFiles(JournalFolder, "*.db*");

    private string CertificatePath => Path.Combine(_folder, "tls.pem");

    private string JournalFolder => Path.Combine(_folder, "journal");

    /// <summary>
    /// Starts as a full node with UDP and HTTPS on loopback, or as a client; again at the same addresses.
    /// </summary>
    public async Task StartAsync(bool isClient, IReadOnlyList<NodeAddress> seeds)
    {
        Journal = NodeJournal.OpenOrCreate(JournalFolder, Identity, _settings.Journal with { Postgresql = "" });
        _running = await RunningNode.StartAsync(new NodeStart
        {
            Identity = Identity,
            Settings = _settings,
            Logs = _logs,
            Journal = Journal,
            Udp = _udp,
            Https = _https,
            Certificate = isClient ? null : NodeCertificate.Read(CertificatePath),
            Seeds = seeds,
        });
        (_udp, _https) = (_running.Udp, _running.Https ?? _https);
    }

    /// <summary>Stops it as a crash would: nobody is told.</summary>
    public async Task KillAsync()
    {
        await Running.KillAsync();
        _running = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_running is not null)
            await _running.DisposeAsync();
        Identity.Dispose();
    }
}
