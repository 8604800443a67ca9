using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Node.Https;

/// <summary>What stands behind the front door: the actors, seen as six questions.</summary>
/// <param name="Serve">Hands a request to Ursula.</param>
/// <param name="Status">The node as it is now.</param>
/// <param name="FetchRecord">Looks for a record in the swarm by its 20-byte key; null if nobody has it. Goes on if the
/// client hangs up.</param>
/// <param name="StoreRecord">Publishes somebody's signed record under its key. Goes on if the client hangs up.</param>
/// <param name="Swarm">The swarm as the node sees it now.</param>
/// <param name="Health">One finding for each of <see cref="HealthFinding.Names"/>; ends within some seconds.</param>
internal sealed record HttpsBackend(
    Func<ServiceRequest, CancellationToken, Task<ServiceReply>> Serve,
    Func<CancellationToken, Task<NodeStatus>> Status,
    Func<ReadOnlyMemory<byte>, Task<ReadOnlyMemory<byte>?>> FetchRecord,
    Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, Task<ServiceStatus>> StoreRecord,
    Func<CancellationToken, Task<SwarmStatus>> Swarm,
    Func<Task<IReadOnlyList<HealthFinding>>> Health);
