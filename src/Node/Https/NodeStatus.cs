namespace NuCypher.P2P.Node.Https;

/// <summary>What a node tells its operator about itself; nothing in it is a key.</summary>
/// <param name="NodeId">40 hexadecimal digits.</param>
/// <param name="VerifyingKey">66 hexadecimal digits.</param>
/// <param name="Version">The program's.</param>
/// <param name="Mode">"full" or "client".</param>
/// <param name="Udp">Address in the swarm.</param>
/// <param name="Https">Address of the service; empty if there is none.</param>
/// <param name="Started">When the node started.</param>
/// <param name="Now">When this was said.</param>
/// <param name="PoliciesHeld">Policies with a kfrag.</param>
/// <param name="Reencryptions">Requests of Bobs served since the start.</param>
/// <param name="RecordsHeld">Records and values of the swarm.</param>
/// <param name="Peers">Contacts that answered, sorted by id.</param>
/// <param name="Health">What the node found last when it looked at itself.</param>
internal sealed record NodeStatus(
    string NodeId,
    string VerifyingKey,
    string Version,
    string Mode,
    string Udp,
    string Https,
    DateTimeOffset Started,
    DateTimeOffset Now,
    int PoliciesHeld,
    long Reencryptions,
    int RecordsHeld,
    IReadOnlyList<PeerStatus> Peers,
    IReadOnlyList<HealthFinding> Health)
{
    /// <summary>Time since the start, in whole seconds.</summary>
    public long UptimeSeconds => (long)(Now - Started).TotalSeconds;
}
