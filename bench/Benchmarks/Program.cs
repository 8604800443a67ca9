using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Running;
using NuCypher.P2P.Benchmarks;
using NuCypher.P2P.Benchmarks.Policies;
using NuCypher.P2P.Benchmarks.Simulations;
using NuCypher.P2P.Benchmarks.Swarm;
using NuCypher.P2P.Benchmarks.Umbral;

if (args is ["policies", var count])
    await PolicyRecovery.Run(int.Parse(count, CultureInfo.InvariantCulture));
else if (args is ["policies-read", var folder])
    await PolicyRecovery.Read(folder);
else if (args is ["grants", var grants])
    await GrantListing.Run(int.Parse(grants, CultureInfo.InvariantCulture));
else if (args is ["grants-read", var journal])
    await GrantListing.Read(journal);
else if (args is ["journal", .. var actors])
    await JournalBench.Run(actors.Select(number => int.Parse(number, CultureInfo.InvariantCulture)));
else if (args is ["swarm", var nodes])
    await SwarmLatency.Run(int.Parse(nodes, CultureInfo.InvariantCulture));
else if (args is ["simulation", var scenario, var seed])
    SimulatorSpeed.Run(scenario, ulong.Parse(seed, CultureInfo.InvariantCulture));
else if (args is ["umbral-compare", .. var comparison])
    UmbralComparison.Run(comparison);
else if (args is ["umbral-constant-time", .. var only])
    return ConstantTimeCheck.Run(only.FirstOrDefault(string.Empty));
else
    BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
return 0;
