using NuCypher.P2P.Policy.Rules;

namespace NuCypher.P2P.Policy.Tests.Rules;

public sealed class ConditionTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    // The clock is in doubt by a minute: a leaf each that is true, false and not known, and their contraries.
    private static readonly ClockReading Doubtful =
        new(Now, Now, Now.AddMinutes(1), Now, MayDelete: false, TimeSpan.FromHours(1));

    private static readonly Condition[] Leaves =
    [
        new Condition.TimeAfter(Now.AddHours(-1)), new Condition.TimeAfter(Now.AddSeconds(30)),
        new Condition.TimeAfter(Now.AddHours(1)), new Condition.TimeBefore(Now.AddSeconds(30)),
    ];

    [Theory]
    [InlineData(-60, Truth.True)]
    [InlineData(0, Truth.True)]
    [InlineData(1, Truth.Unknown)]
    [InlineData(60, Truth.Unknown)]
    [InlineData(61, Truth.False)]
    public void At_TimeAfter_IsKnownOutsideTheDoubt(int seconds, Truth expected)
    {
        Assert.Equal(expected, new Condition.TimeAfter(Now.AddSeconds(seconds)).At(Doubtful, KnownFacts.None));
        Assert.Equal(
            Contrary(expected), new Condition.TimeBefore(Now.AddSeconds(seconds)).At(Doubtful, KnownFacts.None));
    }

    [Fact]
    [Trait("Row", "PO-04")]
    public void At_AllTreesOfFourNodes_AgreeWithATableOfKleene()
    {
        var trees = Enumerable.Range(1, 4).SelectMany(Trees).ToList();

        Assert.True(trees.Count > 800, $"{trees.Count} trees");
        Assert.Equal(3, trees.Select(tree => tree.At(Doubtful, KnownFacts.None)).Distinct().Count());
        foreach (var tree in trees)
        {
            var (truth, table) = (tree.At(Doubtful, KnownFacts.None), Table(tree));
            Assert.True(table == truth, $"{tree}: {truth}, by the table {table}");
        }
    }

    [Fact]
    public void EndOf_AllTreesOfFourNodes_TheyAreNeverTrueFromThenOn()
    {
        DateTimeOffset[] moments = [.. Enumerable.Range(-130, 260).Select(i => Now.AddSeconds(30 * i))];
        foreach (var tree in Enumerable.Range(1, 4).SelectMany(Trees))
        {
            var end = tree.EndOf(isContrary: false);
            DateTimeOffset[] served =
                [.. moments.Where(m => tree.At(ClockReading.Certain(m, default), KnownFacts.None) == Truth.True)];

            Assert.True(served.All(m => m < end), $"{tree} ends {end:O}");
        }
    }

    [Theory]
    [InlineData(1, -30)] // two at once: the first of both ends
    [InlineData(2, 60)]
    public void EndOf_AllOrAnyOfTwoEnds_IsTheFirstOrTheLast(int kind, int minutes)
    {
        Condition[] ends = [new Condition.TimeBefore(Now.AddHours(1)), new Condition.TimeBefore(Now.AddMinutes(-30))];
        Condition tree = kind == 1 ? new Condition.All(ends) : new Condition.Any(1, ends);

        Assert.Equal(Now.AddMinutes(minutes), tree.EndOf(isContrary: false));
    }

    [Fact]
    public void New_AllOfNothingOrMoreThanThereAre_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new Condition.All([]));
        Assert.Throws<ArgumentException>(() => new Condition.Any(0, Leaves));
        Assert.Throws<ArgumentException>(() => new Condition.Any(3, [Leaves[0], Leaves[0], Leaves[1]]));
    }

    // Every tree with so many nodes.
    private static IEnumerable<Condition> Trees(int nodes)
    {
        if (nodes == 1)
            return Leaves;
        return Trees(nodes - 1).Select(child => (Condition)new Condition.Not(child))
            .Concat(Forests(nodes - 1).SelectMany(Inner));
    }

    private static IEnumerable<Condition> Inner(List<Condition> children)
    {
        var all = new Condition.All(children);
        yield return all;
        for (var least = 1; least <= all.Children.Count; least++)
            yield return new Condition.Any(least, children);
    }

    private static IEnumerable<List<Condition>> Forests(int nodes)
    {
        if (nodes == 0)
            return [[]];
        return from first in Enumerable.Range(1, nodes)
               from tree in Trees(first)
               from rest in Forests(nodes - first)
               select (List<Condition>)[tree, .. rest];
    }

    // True 1, false 0, unknown both: a tree is what it is for every way in which its unknown leaves may turn out.
    // Kleene's connectives say unknown a little more often: where one leaf stands on both sides. So by his tables.
    private static Truth Table(Condition tree) => tree switch
    {
        Condition.Not not => Contrary(Table(not.Child)),
        Condition.All all => all.Children.Select(Table).Aggregate(Truth.True, And),
        Condition.Any any => Subsets(any.Children, any.Least).Select(
            subset => subset.Select(Table).Aggregate(Truth.True, And)).Aggregate(Truth.False, Or),
        _ => tree.At(Doubtful, KnownFacts.None),
    };

    private static IEnumerable<IEnumerable<Condition>> Subsets(IReadOnlyList<Condition> of, int size) =>
        Enumerable.Range(0, 1 << of.Count).Where(mask => int.PopCount(mask) == size)
            .Select(mask => of.Where((_, i) => (mask >> i & 1) == 1));

    private static Truth And(Truth a, Truth b) => (a, b) switch
    {
        (Truth.False, _) or (_, Truth.False) => Truth.False,
        (Truth.True, Truth.True) => Truth.True,
        _ => Truth.Unknown,
    };

    private static Truth Or(Truth a, Truth b) => Contrary(And(Contrary(a), Contrary(b)));

    private static Truth Contrary(Truth truth) => truth switch
    {
        Truth.True => Truth.False,
        Truth.False => Truth.True,
        _ => Truth.Unknown,
    };
}
