using Microsoft.Extensions.Hosting;

namespace NuCypher.P2P.Node.Https;

/// <summary>Leaves signals to the program: a process can have many nodes.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
