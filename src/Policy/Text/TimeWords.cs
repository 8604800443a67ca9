namespace NuCypher.P2P.Policy.Text;

/// <summary>Times as people write them.</summary>
public static class TimeWords
{
    /// <summary><c>1 h 15 min</c>, without what is zero; below a minute <c>12.5 s</c>.</summary>
    /// <param name="time">Not negative; from a minute on, parts of a second are left out.</param>
    public static string Of(TimeSpan time)
    {
        if (time < TimeSpan.FromMinutes(1))
            return FormattableString.Invariant($"{time.TotalSeconds:0.###} s");
        (int Count, string Unit)[] parts =
            [(time.Days, "d"), (time.Hours, "h"), (time.Minutes, "min"), (time.Seconds, "s")];
        return string.Join(' ', parts.Where(part => part.Count > 0).Select(part => $"{part.Count} {part.Unit}"));
    }
}
