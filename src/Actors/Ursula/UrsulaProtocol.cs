using System.Net;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Ursula;

/// <summary>
/// To Ursula: a request that was read, not verified, before it came to her. Reading takes longer than she does, and
/// many can do it at once. Answered as its bytes would be; it never leaves the process.
/// </summary>
/// <param name="Request">What is asked.</param>
/// <param name="Source">The address that it came from; null where nobody knows it.</param>
public sealed record ServeRead(UrsulaRequest Request, IPAddress? Source);

/// <summary>To Ursula: how many policies do you hold? Answered with <see cref="UrsulaState"/>.</summary>
public sealed record GetUrsulaState;

/// <summary>What an Ursula holds, for status pages and checks.</summary>
/// <param name="Held">Policies with a kfrag.</param>
/// <param name="Arranged">Arrangements without one yet.</param>
/// <param name="Tombstones">Ended policies that are remembered.</param>
/// <param name="Active">Policies in memory.</param>
/// <param name="IsRecovered">Whether every policy of the journal was read back after the start.</param>
/// <param name="Reencryptions">Requests of Bobs served since the start.</param>
/// <param name="ClockDoubt">How far the wall clock jumped while the node ran, as long as the new time is not believed;
/// else zero.</param>
public sealed record UrsulaState(
    int Held, int Arranged, int Tombstones, int Active, bool IsRecovered, long Reencryptions, TimeSpan ClockDoubt);
