namespace NuCypher.P2P.Actors.Tests.Mailboxes;

/// <summary>Tests that look at real threads and counters of the process: they run when no others do.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
