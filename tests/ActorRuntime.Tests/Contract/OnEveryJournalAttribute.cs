using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

/// <summary>Runs a test on every kind of journal.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnEveryJournalAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([new TheoryDataRow<string>("memory"), new TheoryDataRow<string>("sqlite")]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
