using System.Globalization;
using BenchmarkDotNet.Running;
using NuCypher.P2P.Benchmarks.Policies;

if (args is ["policies", var count])
    await PolicyRecovery.Run(int.Parse(count, CultureInfo.InvariantCulture));
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
