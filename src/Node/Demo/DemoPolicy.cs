using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Actors.Bob;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Kits;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Node.Demo;

/// <summary>One policy of the demonstration: a file under a label, from Alice to Bob.</summary>
/// <param name="Swarm">Everybody.</param>
/// <param name="Label">Alice's name for it.</param>
/// <param name="File">What is shared.</param>
internal sealed record DemoPolicy(DemoSwarm Swarm, PolicyLabel Label, byte[] File)
{
    /// <summary>The encrypted file.</summary>
    public byte[] Kit { get; private set; } = [];

    /// <summary>The policy's name.</summary>
    public Hrac Hrac => Swarm.Alice.Identity.HracFor(Swarm.Bob.Identity.BobCard, Label);

    /// <summary>How the Ursulas name it.</summary>
    public PolicyId Id => PolicyId.Of(Swarm.Alice.Identity.VerifyingKey, Hrac);

    /// <summary>Encrypts the file as anybody could: with the policy's public key alone.</summary>
    public void Encrypt()
    {
        using var sealer = new KitSealer(
            Swarm.Alice.Identity.PolicyKey(Label), author: null, AeadAlgorithm.XChaCha20Poly1305,
            new OperatingSystemRandom());
        Kit = [.. sealer.Head.Span, .. sealer.Append(File), .. sealer.Finish()];
    }

    /// <summary>Grants from now on; the answer is Alice's.</summary>
    public Task<object> GrantAsync(int threshold, int shares, TimeSpan duration, CancellationToken cancellation)
    {
        var now = TimeProvider.System.GetUtcNow();
        var terms = new GrantTerms(
            Label, Swarm.Bob.Identity.BobCard, threshold, shares, new Validity(now, now + duration));
        return AskAliceAsync(new MakeGrant(terms), cancellation);
    }

    /// <summary>Asks Alice.</summary>
    public Task<object> AskAliceAsync(object message, CancellationToken cancellation) =>
        DemoSwarm.AskAsync(Swarm.Alice, Swarm.Alice.Running.Actors.Alice, message, cancellation);

    /// <summary>Has the file's capsule re-encrypted for somebody; the answer is his Bob's.</summary>
    public Task<object> RetrieveAsync(DemoNode reader, CancellationToken cancellation)
    {
        StreamedKit.TryRead(Kit.AsSpan(0, StreamedKit.HeadSize), out var kit, out _);
        // this class made the kit
        var retrieve = new Retrieve(Swarm.Alice.Identity.VerifyingKey, Label, [kit!.Capsule]);
        return DemoSwarm.AskAsync(reader, reader.Running.Actors.Bob, retrieve, cancellation);
    }

    /// <summary>Bob reads the file.</summary>
    /// <exception cref="CommandException">He can't, or it is another one.</exception>
    public async Task<Retrieved> ReadAsync(CancellationToken cancellation)
    {
        var answer = await RetrieveAsync(Swarm.Bob, cancellation);
        DemoNarrator.Check(answer is Retrieved, $"Bob retrieves {Label} (he got {answer})");
        var retrieved = (Retrieved)answer;
        DemoNarrator.Check(
            Open(retrieved).AsSpan().SequenceEqual(File), $"what Bob reads of {Label} is what was encrypted");
        return retrieved;
    }

    private byte[] Open(Retrieved retrieved)
    {
        StreamedKit.TryRead(Kit.AsSpan(0, StreamedKit.HeadSize), out var kit, out _);
        if (!kit!.TryOpenReencrypted(
            Swarm.Bob.Identity.DecryptingKey, retrieved.Map.PolicyKey, retrieved.CapsuleFrags[0], out var opener))
            return [];
        using (opener)
        {
            opener.TryAppend(Kit.AsSpan(StreamedKit.HeadSize), out var payload);
            return opener.Finish(out var rest, out _) == KitOpening.Opened ? [.. payload, .. rest] : [];
        }
    }
}
