namespace NuCypher.P2P.Dht.Tests;

/// <summary>A node of a <see cref="TestNetwork"/>.</summary>
internal sealed class TestNode(KademliaNode core, NodeAddress address)
{
    public KademliaNode Core { get; } = core;

    public NodeAddress Address { get; } = address;

    public bool IsDead { get; set; }

    public Contact Contact => new(Core.Self, Address);
}
