using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Tests.Support;

namespace NuCypher.P2P.Policy.Tests.Models;

/// <summary>
/// Alice and two Ursulas, exhaustively: grants, renewals and revocations, where each call may be lost on its way there
/// or back, calls end in either order, and Alice may crash before each step. The tables are docs/state-machines.md.
/// </summary>
public sealed class AliceModelTests(ITestOutputHelper output)
{
    private static readonly Validity Longer = new(Cast.Now, Cast.Now.AddHours(3));
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void EveryLossAndCrash_OfAGrantAndItsRevocation_KeepsTheLaws() => Explore(renewedFrom: 0, revokedFrom: 2);

    [Fact, Trait("Category", "Long")]
    public void EveryLossAndCrash_OfGrantsRenewalsAndRevocations_KeepsTheLaws() => Explore(int.MaxValue, int.MaxValue);

    private void Explore(int renewedFrom, int revokedFrom)
    {
        var (ways, worlds) = (0, new Dictionary<string, ModelWorld> { [""] = new ModelWorld() });
        var granted = From([new ModelWorld()], (world, choices) => world.Make(choices));
        var renewed = From([.. granted.Take(renewedFrom)], (world, choices) => world.Order(choices, Longer));
        List<ModelWorld> both = [.. granted, .. renewed];
        var revoked = From(
            [.. both.Where(world => world.Grant is not null).TakeLast(revokedFrom)],
            (world, choices) => world.Order(choices, null));
        From([.. revoked.Where(world => world.Serving.Count > 0).Take(4)], (world, choices) => world.Make(choices));

        output.WriteLine($"{worlds.Count} states, {ways} interleavings");
        Assert.True(worlds.Count > 20 && ways > 100);

        List<ModelWorld> From(IReadOnlyList<ModelWorld> before, Func<ModelWorld, Choices, ModelWorld?> step)
        {
            List<ModelWorld> found = [];
            foreach (var world in before)
            {
                ways += Choices.Exhaust(choices =>
                {
                    if (step(world, choices) is { } after && worlds.TryAdd(after.Key, after))
                        found.Add(after);
                });
            }

            found.ForEach(Check);
            return found;
        }
    }

    private static void Check(ModelWorld world)
    {
        var grant = world.Grant;

        // Nobody holds what Alice's books don't know.
        Assert.All(world.Serving, id => Assert.Contains(id, grant!.Suspects.Except(grant.Revoked)));

        // Revoked means that fewer than a threshold of any grant can serve, over that nobody does.
        var status = grant?.StatusAt(world.Now);
        Assert.False(status == GrantStatus.Revoked && world.MostOfOneGrant >= ModelWorld.Threshold);
        world.Now = Cast.Now.AddMinutes(90);
        Assert.False(grant?.StatusAt(world.Now) == GrantStatus.Expired && world.Serving.Count > 0);

        // With everybody there Alice can revoke all that is served, whatever her clock shows and whatever came before.
        foreach (var error in new[] { -Day, default, Day })
        {
            if (grant is null)
                continue;
            var over = world.Order(new Choices(), null, error)!;
            Assert.Empty(over.Serving);
            Assert.Equal(GrantStatus.Revoked, over.Grant!.StatusAt(over.Now));
            Assert.Empty(over.Grant.LeftOver());
        }

        world.Now = Cast.Now;
    }
}
