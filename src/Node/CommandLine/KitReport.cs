using NuCypher.P2P.Policy.Kits;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>What the head of a kit says, in words.</summary>
internal static class KitReport
{
    /// <summary>How it is signed.</summary>
    public static string Of(KitSigning signing) => signing switch
    {
        KitSigning.Inside => "inside",
        KitSigning.Public => "public",
        _ => "no",
    };
}
