using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

/// <summary>Runs a test on the thread pool, several times, and on the deterministic dispatcher, under many seeds.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnBothDispatchersAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([new TheoryDataRow<string>("thread pool"), new TheoryDataRow<string>("deterministic")]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
