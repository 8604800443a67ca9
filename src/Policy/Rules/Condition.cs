using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Rules;

/// <summary>What must be true for a policy to be served, besides its times: a tree of Kleene's values.</summary>
/// <remarks>
/// A kind each is a byte; the children of one condition stand in the order of their bytes, each once, so that equal
/// conditions are equal bytes. At most <see cref="MaxNodes"/> nodes, <see cref="MaxDepth"/> deep.
/// </remarks>
public abstract record Condition
{
    /// <summary>The most conditions in a tree, the inner ones included; 32.</summary>
    public const int MaxNodes = 32;

    /// <summary>The most conditions one inside the other; 4.</summary>
    public const int MaxDepth = 4;

    /// <summary>The longest tree, in bytes; 512.</summary>
    public const int MaxSize = 512;

    /// <summary>The most facts that a tree asks for; 4: each is a request of the Ursula to somebody.</summary>
    public const int MaxQuestions = 4;

    // Numbers are never used again for something else. 7 to 10 are kept for Paid, Balance, Message, Logged.
    private enum Kind : byte
    {
        All = 1,
        Any = 2,
        Not = 3,
        TimeAfter = 4,
        TimeBefore = 5,
        HttpJson = 6,
    }

    private Condition()
    {
    }

    /// <summary>Whether it holds at a moment that is known as well as the clock is, by what was found out.</summary>
    public abstract Truth At(ClockReading time, KnownFacts facts);

    /// <summary>
    /// A moment from which on it, or its contrary, is never true again; the end of time if there is none.
    /// </summary>
    internal abstract DateTimeOffset EndOf(bool isContrary);

    /// <summary>Whether it is within the limits of a tree.</summary>
    internal bool Fits => Nodes <= MaxNodes && Depth <= MaxDepth && BytesOf(this).Length <= MaxSize
        && Questions.Distinct().Count() <= MaxQuestions;

    /// <summary>What must be found out before it can be known.</summary>
    public abstract IEnumerable<JsonFact> Questions { get; }

    /// <summary>How many conditions it is, itself included.</summary>
    internal abstract int Nodes { get; }

    /// <summary>How many there are one inside the other.</summary>
    internal abstract int Depth { get; }

    /// <summary>
    /// Reads a tree; null, and refused, if it is none that an Ursula understands. It may be in another order.
    /// </summary>
    internal static Condition? Read(ref FieldReader reader)
    {
        var budget = MaxNodes;
        return Read(ref reader, MaxDepth, ref budget);
    }

    internal abstract void Write(FieldWriter writer);

    private static Condition? Read(ref FieldReader reader, int depth, ref int budget)
    {
        if (depth == 0 || budget-- == 0)
        {
            reader.Refuse();
            return null;
        }

        switch ((Kind)reader.Byte())
        {
            case Kind.All:
                return ReadChildren(ref reader, depth, ref budget) is { } all ? new All(all) : null;
            case Kind.Any:
                var least = reader.Count(1, MaxNodes);
                if (ReadChildren(ref reader, depth, ref budget) is not { } some)
                    return null;
                if (least <= some.Count)
                    return new Any(least, some);
                reader.Refuse();
                return null;
            case Kind.Not:
                return Read(ref reader, depth - 1, ref budget) is { } child ? new Not(child) : null;
            case Kind.TimeAfter:
                return new TimeAfter(reader.Time());
            case Kind.TimeBefore:
                return new TimeBefore(reader.Time());
            case Kind.HttpJson:
                return JsonFact.Read(ref reader) is { } fact ? new HttpJson(fact) : null;
            default:
                reader.Refuse();
                return null;
        }
    }

    private static List<Condition>? ReadChildren(ref FieldReader reader, int depth, ref int budget)
    {
        List<Condition> children = [];
        for (var left = reader.Count(1, MaxNodes); left > 0; left--)
        {
            if (Read(ref reader, depth - 1, ref budget) is not { } child)
                return null;
            children.Add(child);
        }

        return children;
    }

    private static byte[] BytesOf(Condition condition)
    {
        var writer = new FieldWriter();
        condition.Write(writer);
        return writer.ToArray();
    }

    private static Condition[] Ordered(IEnumerable<Condition> children)
    {
        var sorted = new SortedDictionary<byte[], Condition>(
            Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)));
        foreach (var child in children)
            sorted[BytesOf(child)] = child;
        return [.. sorted.Values];
    }

    private static void WriteChildren(IReadOnlyList<Condition> children, FieldWriter writer)
    {
        writer.Count(children.Count);
        foreach (var child in children)
            child.Write(writer);
    }

    // The moment from which on fewer than so many can be true.
    private static DateTimeOffset EndOfMany(IEnumerable<Condition> children, bool areContrary, int least) =>
        children.Select(child => child.EndOf(areContrary)).OrderDescending().ElementAt(least - 1);

    /// <summary>Every child holds.</summary>
    public sealed record All : Condition
    {
        /// <summary>Makes one; children that occur twice count once.</summary>
        /// <exception cref="ArgumentException">There is none.</exception>
        public All(IEnumerable<Condition> children)
        {
            Children = Ordered(children);
            if (Children.Count == 0)
                throw new ArgumentException("All of nothing says nothing.", nameof(children));
        }

        /// <summary>In the order of their bytes.</summary>
        public IReadOnlyList<Condition> Children { get; }

        /// <inheritdoc/>
        public override IEnumerable<JsonFact> Questions => Children.SelectMany(child => child.Questions);

        internal override int Nodes => 1 + Children.Sum(child => child.Nodes);

        internal override int Depth => 1 + Children.Max(child => child.Depth);

        /// <inheritdoc/>
        public override Truth At(ClockReading time, KnownFacts facts) =>
            Children.Any(child => child.At(time, facts) == Truth.False) ? Truth.False
            : Children.All(child => child.At(time, facts) == Truth.True) ? Truth.True
            : Truth.Unknown;

        internal override DateTimeOffset EndOf(bool isContrary) =>
            EndOfMany(Children, isContrary, isContrary ? 1 : Children.Count);

        internal override void Write(FieldWriter writer) => WriteChildren(Children, writer.Byte((byte)Kind.All));
    }

    /// <summary>So many children hold, or more.</summary>
    public sealed record Any : Condition
    {
        /// <summary>Makes one; children that occur twice count once.</summary>
        /// <exception cref="ArgumentException">There are fewer, or none is asked for.</exception>
        public Any(int least, IEnumerable<Condition> children)
        {
            (Least, Children) = (least, Ordered(children));
            if (least < 1 || least > Children.Count)
                throw new ArgumentException($"{least} of {Children.Count} can't be asked for.", nameof(least));
        }

        /// <summary>How many.</summary>
        public int Least { get; }

        /// <summary>In the order of their bytes.</summary>
        public IReadOnlyList<Condition> Children { get; }

        /// <inheritdoc/>
        public override IEnumerable<JsonFact> Questions => Children.SelectMany(child => child.Questions);

        internal override int Nodes => 1 + Children.Sum(child => child.Nodes);

        internal override int Depth => 1 + Children.Max(child => child.Depth);

        /// <inheritdoc/>
        public override Truth At(ClockReading time, KnownFacts facts)
        {
            Truth[] values = [.. Children.Select(child => child.At(time, facts))];
            var (holding, failing) = (values.Count(v => v == Truth.True), values.Count(v => v == Truth.False));
            return holding >= Least ? Truth.True
                : values.Length - failing < Least ? Truth.False
                : Truth.Unknown;
        }

        internal override DateTimeOffset EndOf(bool isContrary) =>
            EndOfMany(Children, isContrary, isContrary ? Children.Count - Least + 1 : Least);

        internal override void Write(FieldWriter writer) =>
            WriteChildren(Children, writer.Byte((byte)Kind.Any).Count(Least));
    }

    /// <summary>The child does not hold.</summary>
    public sealed record Not(Condition Child) : Condition
    {
        /// <inheritdoc/>
        public override IEnumerable<JsonFact> Questions => Child.Questions;

        internal override int Nodes => 1 + Child.Nodes;

        internal override int Depth => 1 + Child.Depth;

        /// <inheritdoc/>
        public override Truth At(ClockReading time, KnownFacts facts) => Child.At(time, facts) switch
        {
            Truth.True => Truth.False,
            Truth.False => Truth.True,
            _ => Truth.Unknown,
        };

        internal override DateTimeOffset EndOf(bool isContrary) => Child.EndOf(!isContrary);

        internal override void Write(FieldWriter writer) => Child.Write(writer.Byte((byte)Kind.Not));
    }

    /// <summary>It is this moment, or later.</summary>
    public sealed record TimeAfter(DateTimeOffset Moment) : Condition
    {
        /// <inheritdoc/>
        public override IEnumerable<JsonFact> Questions => [];

        internal override int Nodes => 1;

        internal override int Depth => 1;

        /// <inheritdoc/>
        public override Truth At(ClockReading time, KnownFacts facts) =>
            time.Earliest >= Moment ? Truth.True : time.Latest < Moment ? Truth.False : Truth.Unknown;

        internal override DateTimeOffset EndOf(bool isContrary) => isContrary ? Moment : DateTimeOffset.MaxValue;

        internal override void Write(FieldWriter writer) => writer.Byte((byte)Kind.TimeAfter).Time(Moment);
    }

    /// <summary>It is not this moment yet.</summary>
    public sealed record TimeBefore(DateTimeOffset Moment) : Condition
    {
        /// <inheritdoc/>
        public override IEnumerable<JsonFact> Questions => [];

        internal override int Nodes => 1;

        internal override int Depth => 1;

        /// <inheritdoc/>
        public override Truth At(ClockReading time, KnownFacts facts) =>
            time.Latest < Moment ? Truth.True : time.Earliest >= Moment ? Truth.False : Truth.Unknown;

        internal override DateTimeOffset EndOf(bool isContrary) => isContrary ? DateTimeOffset.MaxValue : Moment;

        internal override void Write(FieldWriter writer) => writer.Byte((byte)Kind.TimeBefore).Time(Moment);
    }

    /// <summary>A host says so.</summary>
    public sealed record HttpJson(JsonFact Fact) : Condition
    {
        /// <inheritdoc/>
        public override IEnumerable<JsonFact> Questions => [Fact];

        internal override int Nodes => 1;

        internal override int Depth => 1;

        /// <inheritdoc/>
        public override Truth At(ClockReading time, KnownFacts facts) => facts[Fact];

        internal override DateTimeOffset EndOf(bool isContrary) => DateTimeOffset.MaxValue;

        internal override void Write(FieldWriter writer) => Fact.Write(writer.Byte((byte)Kind.HttpJson));
    }
}
